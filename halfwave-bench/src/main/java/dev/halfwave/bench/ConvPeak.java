package dev.halfwave.bench;

import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import java.util.ArrayList;
import java.util.List;

/**
 * How close convolutions and dense layers come to what one core can do.
 *
 * <p>Prints a Markdown table: for every layer and direction the time of the product and of packing its second operand,
 * GFLOP/s, and the share of the peak that a loop of multiply-adds on registers reached in the same rounds. One thread;
 * medians of many rounds, in time that the thread spent on a core, so that other work on the machine counts as little
 * as it can. Operands start on cache lines, as programs lay them out. From the repository's root:
 *
 * <pre>{@code
 * ./mvnw -q -pl halfwave-core,halfwave-bench compile && java -Xmx3g --add-modules jdk.incubator.vector \
 *     -cp halfwave-core/target/classes:halfwave-bench/target/classes dev.halfwave.bench.ConvPeak [--exact] [part of a line]...
 * }</pre>
 */
public final class ConvPeak {
    private static final long WARM_UP_NANOS = 8_000_000_000L;

    private ConvPeak() {}

    /**
     * Times the layers whose line in the table contains one of the arguments, or all; with {@code --exact} by direct
     * sums only.
     */
    public static void main(String[] args) {
        List<String> parts = new ArrayList<>(List.of(args));
        boolean exact = parts.remove("--exact");
        Kernels kernels = exact ? Providers.active().exact() : Providers.active();
        List<Layers.Layer> layers = Layers.of(kernels).stream()
                .filter(layer -> parts.isEmpty() || parts.stream().anyMatch(layer.toString()::contains))
                .toList();
        KernelTimer timer = new KernelTimer();
        timer.warmUp(layers, WARM_UP_NANOS);
        System.out.printf(
                "%s, JDK %s, kernels %s with %d lanes, one thread%n%n",
                Machine.cpu(), System.getProperty("java.vm.version"), kernels.name(), kernels.lanes());
        System.out.println("| layer | direction | tasks | ms | packing ms | GFLOP/s | peak | % of peak | best % |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (Layers.Layer layer : layers) {
            System.out.println(timer.time(layer));
        }
    }
}
