package dev.halfwave.op;

import dev.halfwave.kernel.Providers;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Counts what the contracts of all ops try in a run of the tests, and says so in one line at its end. */
final class ContractTotals implements BeforeAllCallback {
    private static final Set<String> OPS = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger DIFFERENCES = new AtomicInteger();
    private static final AtomicInteger AGREEMENTS = new AtomicInteger();

    static void differences(String op, int configurations) {
        OPS.add(op);
        DIFFERENCES.addAndGet(configurations);
    }

    static void agreements(String op, int configurations) {
        OPS.add(op);
        AGREEMENTS.addAndGet(configurations);
    }

    @Override
    public void beforeAll(ExtensionContext context) { // what stands in the root's store is closed behind the last test
        AutoCloseable summary = () -> System.out.printf(
                "op contract: %d ops, %d configurations against finite differences, %d on kernels %s%n",
                OPS.size(),
                DIFFERENCES.get(),
                AGREEMENTS.get(),
                Providers.active().name());
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ContractTotals.class))
                .computeIfAbsent("summary", key -> summary);
    }
}
