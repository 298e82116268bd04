package io.relata.tenantadmin.tenant;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.function.Function;

/// Transactions of the server's transaction manager, begun and ended in plain sight.
public final class JtaTransactions implements Transactions {
    private final EntityManager entityManager;
    private final UserTransaction transaction;

    public JtaTransactions(EntityManager entityManager, UserTransaction transaction) {
        this.entityManager = entityManager;
        this.transaction = transaction;
    }

    @Override
    public <T> T call(Function<EntityManager, T> work) {
        try {
            transaction.begin();
            try {
                T result = work.apply(entityManager);
                transaction.commit();
                return result;
            } finally {
                if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                    transaction.rollback();
                }
            }
        } catch (RollbackException
                | HeuristicMixedException
                | HeuristicRollbackException
                | NotSupportedException
                | SystemException failure) {
            throw new PersistenceException("The transaction was not committed", failure);
        }
    }
}
