package io.relata.core.odata;

import io.relata.core.metadata.LinkedCollection;
import io.relata.core.metadata.Relationship;
import io.relata.core.query.Keyset;
import io.relata.spi.CallContext;
import java.net.URI;
import java.util.UUID;

/// The addresses at which what did not fit on a page goes on.
final class NextLinks {

    private final URI root;
    private final CallContext context;

    NextLinks(URI root, CallContext context) {
        this.root = root;
        this.context = context;
    }

    String toRecords(Request.Records records, Keyset next) {
        return root
                + records.shape().entity().setName()
                + "?"
                + records.sent()
                        .withToken(records.tokens().write(new SkipToken.Place(next, records.wished())), records.rest());
    }

    /// Returns where the members of a record's collection go on: a query on their own set.
    String toMembers(Shape.Many many, UUID owner, Keyset next) {
        String pointing = switch (many.collection()) {
            case Relationship collection -> collection.lookup().property() + " eq " + owner;
            case LinkedCollection collection -> collection.partner() + "/any(tied:tied/id eq " + owner + ")";
        };
        String filter = many.sent()
                .value(QueryOption.FILTER)
                .map(text -> pointing + " and (" + text + ")")
                .orElse(pointing);
        QueryString query = many.sent().with(QueryOption.FILTER, filter);
        SkipToken tokens = new SkipToken(
                many.sorts(), SkipToken.query(context, many.collection().from(), query));
        return root + many.collection().from().setName() + "?"
                + query.withToken(tokens.write(new SkipToken.Place(next, null)), null);
    }
}
