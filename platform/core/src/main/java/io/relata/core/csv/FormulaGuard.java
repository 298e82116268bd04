package io.relata.core.csv;

/// Keeps a spreadsheet from taking a cell for a formula: such cells get a leading apostrophe, and lose it again
/// when they come back.
public final class FormulaGuard {

    private static final String TRIGGERS = "=+-@\t\r";
    private static final String APOSTROPHE = "'";

    private FormulaGuard() {}

    public static String protect(String cell) {
        return isFormula(cell) ? APOSTROPHE + cell : cell;
    }

    public static String unprotect(String cell) {
        return cell.startsWith(APOSTROPHE) && isFormula(cell.substring(1)) ? cell.substring(1) : cell;
    }

    private static boolean isFormula(String cell) {
        return !cell.isEmpty() && TRIGGERS.indexOf(cell.charAt(0)) >= 0;
    }
}
