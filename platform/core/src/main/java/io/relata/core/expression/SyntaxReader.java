package io.relata.core.expression;

import cel.parser.internal.CELBaseVisitor;
import cel.parser.internal.CELLexer;
import cel.parser.internal.CELParser;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.LexerNoViableAltException;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.ParseTreeListener;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/// Reads an expression's text by CEL's grammar.
final class SyntaxReader extends CELBaseVisitor<Syntax> {

    static final int LONGEST = 4_000;

    /// Of the grammar's rules inside one another: some forty pairs of parentheses, or three hundred terms in a row.
    private static final int DEEPEST = 400;

    private static final BigDecimal GREATEST_EXPONENT = BigDecimal.TEN.pow(30);

    private int depth;

    private SyntaxReader() {}

    @Override
    public Syntax visit(ParseTree tree) {
        if (++depth > DEEPEST) {
            throw Mistake.Found.at(
                    tree instanceof ParserRuleContext context ? position(context) : 1, "expression-too-deep");
        }
        Syntax syntax = super.visit(tree);
        depth--;
        return syntax;
    }

    static Syntax read(String text) {
        if (text.codePointCount(0, text.length()) > LONGEST) {
            throw Mistake.Found.at(1, "expression-too-long", LONGEST);
        }
        CELLexer lexer = new CELLexer(CharStreams.fromString(text));
        CELParser parser = new CELParser(new CommonTokenStream(lexer));
        lexer.removeErrorListeners();
        parser.removeErrorListeners();
        lexer.addErrorListener(new Complaint());
        parser.addErrorListener(new Complaint());
        parser.addParseListener(new Depth());
        return new SyntaxReader().visit(parser.start().e);
    }

    /// The first thing that cannot be understood ends the reading.
    private static final class Complaint extends BaseErrorListener {

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                @Nullable Object symbol,
                int line,
                int column,
                String message,
                @Nullable RecognitionException exception) {
            int position = symbol instanceof Token token ? token.getStartIndex() : start(recognizer, exception);
            boolean ended = symbol instanceof Token token && token.getType() == Token.EOF;
            throw Mistake.Found.at(position + 1, ended ? "expression-ends" : "expression-syntax");
        }

        private static int start(Recognizer<?, ?> recognizer, @Nullable RecognitionException exception) {
            return exception instanceof LexerNoViableAltException lexer
                    ? lexer.getStartIndex()
                    : recognizer.getInputStream().index();
        }
    }

    /// Stops before the parser's own recursion does harm.
    private static final class Depth implements ParseTreeListener {

        private int depth;

        @Override
        public void enterEveryRule(ParserRuleContext context) {
            if (++depth > DEEPEST) {
                throw Mistake.Found.at(context.getStart().getStartIndex() + 1, "expression-too-deep");
            }
        }

        @Override
        public void exitEveryRule(ParserRuleContext context) {
            depth--;
        }

        @Override
        public void visitTerminal(TerminalNode node) {}

        @Override
        public void visitErrorNode(ErrorNode node) {}
    }

    private static int position(ParserRuleContext context) {
        return position(context.getStart());
    }

    private static int position(Token token) {
        return token.getStartIndex() + 1;
    }

    @Override
    public Syntax visitExpr(CELParser.ExprContext context) {
        return context.op == null
                ? visit(context.e)
                : new Syntax.Operator(
                        position(context), "?", List.of(visit(context.e), visit(context.e1), visit(context.e2)));
    }

    @Override
    public Syntax visitConditionalOr(CELParser.ConditionalOrContext context) {
        return chain("||", context.conditionalAnd(), context.ops);
    }

    @Override
    public Syntax visitConditionalAnd(CELParser.ConditionalAndContext context) {
        return chain("&&", context.relation(), context.ops);
    }

    private Syntax chain(String sign, List<? extends ParserRuleContext> parts, List<Token> signs) {
        if (parts.size() == 1) {
            return visit(parts.getFirst());
        }
        return new Syntax.Operator(
                position(signs.getFirst()),
                sign,
                parts.stream().map(this::visit).toList());
    }

    @Override
    public Syntax visitRelation(CELParser.RelationContext context) {
        return context.op == null
                ? visit(context.calc())
                : binary(context.op, context.relation(0), context.relation(1));
    }

    @Override
    public Syntax visitCalc(CELParser.CalcContext context) {
        return context.op == null ? visit(context.unary()) : binary(context.op, context.calc(0), context.calc(1));
    }

    private Syntax binary(Token sign, ParserRuleContext left, ParserRuleContext right) {
        return new Syntax.Operator(position(sign), sign.getText(), List.of(visit(left), visit(right)));
    }

    @Override
    public Syntax visitMemberExpr(CELParser.MemberExprContext context) {
        return visit(context.member());
    }

    @Override
    public Syntax visitLogicalNot(CELParser.LogicalNotContext context) {
        return prefixed("!", context.ops, context.member());
    }

    @Override
    public Syntax visitNegate(CELParser.NegateContext context) {
        return prefixed("-", context.ops, context.member());
    }

    private Syntax prefixed(String sign, List<Token> signs, CELParser.MemberContext member) {
        Syntax operand = visit(member);
        return signs.size() % 2 == 1
                ? new Syntax.Operator(position(signs.getFirst()), sign, List.of(operand))
                : new Syntax.Operator(
                        position(signs.getFirst()),
                        sign,
                        List.of(new Syntax.Operator(position(signs.getLast()), sign, List.of(operand))));
    }

    @Override
    public Syntax visitPrimaryExpr(CELParser.PrimaryExprContext context) {
        return visit(context.primary());
    }

    @Override
    public Syntax visitSelect(CELParser.SelectContext context) {
        refuse(context.opt, ".?");
        return new Syntax.Select(position(context.id), visit(context.member()), identifier(context.id.getText()));
    }

    private static String identifier(String text) {
        return text.startsWith("`") ? text.substring(1, text.length() - 1) : text;
    }

    @Override
    public Syntax visitMemberCall(CELParser.MemberCallContext context) {
        List<Syntax> arguments = new ArrayList<>();
        arguments.add(visit(context.member()));
        arguments.addAll(list(context.args));
        return new Syntax.Call(position(context.id), context.id.getText(), true, arguments);
    }

    @Override
    public Syntax visitGlobalCall(CELParser.GlobalCallContext context) {
        return new Syntax.Call(position(context.id), context.id.getText(), false, list(context.args));
    }

    private List<Syntax> list(CELParser.@Nullable ExprListContext context) {
        return context == null ? List.of() : context.e.stream().map(this::visit).toList();
    }

    @Override
    public Syntax visitIdent(CELParser.IdentContext context) {
        return new Syntax.Name(position(context.id), context.id.getText());
    }

    @Override
    public Syntax visitNested(CELParser.NestedContext context) {
        return visit(context.e);
    }

    @Override
    public Syntax visitCreateList(CELParser.CreateListContext context) {
        List<Syntax> items = new ArrayList<>();
        if (context.elems != null) {
            for (CELParser.OptExprContext item : context.elems.elems) {
                refuse(item.opt, "?");
                items.add(visit(item.e));
            }
        }
        return new Syntax.Items(position(context), items);
    }

    @Override
    public Syntax visitIndex(CELParser.IndexContext context) {
        throw Mistake.Found.at(position(context.op), "expression-not-supported", "[…]");
    }

    @Override
    public Syntax visitCreateMap(CELParser.CreateMapContext context) {
        throw Mistake.Found.at(position(context), "expression-not-supported", "{…}");
    }

    @Override
    public Syntax visitCreateMessage(CELParser.CreateMessageContext context) {
        throw Mistake.Found.at(position(context), "expression-not-supported", "{…}");
    }

    private static void refuse(@Nullable Token token, String what) {
        if (token != null) {
            throw Mistake.Found.at(position(token), "expression-not-supported", what);
        }
    }

    @Override
    public Syntax visitConstantLiteral(CELParser.ConstantLiteralContext context) {
        return visit(context.literal());
    }

    @Override
    public Syntax visitInt(CELParser.IntContext context) {
        String digits = context.tok.getText();
        BigInteger number = digits.startsWith("0x") ? new BigInteger(digits.substring(2), 16) : new BigInteger(digits);
        return number(context, new BigDecimal(context.sign == null ? number : number.negate()));
    }

    @Override
    public Syntax visitUint(CELParser.UintContext context) {
        throw Mistake.Found.at(position(context), "expression-not-supported", context.getText());
    }

    @Override
    public Syntax visitDouble(CELParser.DoubleContext context) {
        try {
            return number(context, new BigDecimal(context.getText()));
        } catch (NumberFormatException exception) {
            throw Mistake.Found.at(position(context), "expression-number-too-big");
        }
    }

    private static Syntax number(ParserRuleContext context, BigDecimal number) {
        BigDecimal value = number.signum() == 0 ? BigDecimal.ZERO : number;
        boolean readable = value.scale() <= 20 && value.precision() - value.scale() <= 30;
        if (!readable || value.abs().compareTo(GREATEST_EXPONENT) > 0) {
            throw Mistake.Found.at(position(context), "expression-number-too-big");
        }
        return new Syntax.Literal(position(context), value);
    }

    @Override
    public Syntax visitString(CELParser.StringContext context) {
        return new Syntax.Literal(position(context), StringLiteral.read(context.getText(), position(context)));
    }

    @Override
    public Syntax visitBytes(CELParser.BytesContext context) {
        throw Mistake.Found.at(position(context), "expression-not-supported", "b'…'");
    }

    @Override
    public Syntax visitBoolTrue(CELParser.BoolTrueContext context) {
        return new Syntax.Literal(position(context), true);
    }

    @Override
    public Syntax visitBoolFalse(CELParser.BoolFalseContext context) {
        return new Syntax.Literal(position(context), false);
    }

    @Override
    public Syntax visitNull(CELParser.NullContext context) {
        return new Syntax.Literal(position(context), null);
    }
}
