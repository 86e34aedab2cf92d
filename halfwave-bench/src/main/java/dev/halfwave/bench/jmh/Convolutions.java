package dev.halfwave.bench.jmh;

import dev.halfwave.activation.Relu;
import dev.halfwave.compile.Session;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Conv2dFilterGradient;
import dev.halfwave.op.Conv2dInputGradient;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The 3×3 layers of residual networks in all directions. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class Convolutions {
    /** Images, their height and width, their channels, filters. */
    @Param({
        "1 56 64 64",
        "1 28 128 128",
        "1 14 256 256",
        "1 7 512 512",
        "8 56 64 64",
        "8 28 128 128",
        "8 14 256 256",
        "8 7 512 512",
        "64 28 32 64"
    })
    public String layer = "";

    /** Whether to do without Winograd. */
    @Param({"false", "true"})
    public boolean exact;

    @Param({"1", "2"})
    public int threads;

    private Session forward;
    private Session backwardData;
    private Session backwardFilters;

    /** Compiles the three directions. */
    @Setup
    public void compile() {
        int[] sizes =
                Arrays.stream(layer.split(" ")).mapToInt(Integer::parseInt).toArray();
        Window three = new Window(3, 1, 1, 1, 1);
        Shape x = Shape.of(sizes[0], sizes[1], sizes[1], sizes[2]);
        Shape w = Shape.of(3, 3, sizes[2], sizes[3]);
        Shape y = x.with(3, sizes[3]);
        Kernels kernels = exact ? Providers.active().exact() : Providers.active();
        forward = OneOp.session(
                new Conv2d(three, three, 1, new Relu()), List.of(x), List.of(w, Shape.of(sizes[3])), kernels, threads);
        backwardData = OneOp.session(
                new Conv2dInputGradient(three, three, 1, sizes[1], sizes[1]), List.of(y), List.of(w), kernels, threads);
        backwardFilters =
                OneOp.session(new Conv2dFilterGradient(three, three, 1), List.of(x, y), List.of(), kernels, threads);
    }

    /** With bias and rectifier. */
    @Benchmark
    public void forward() {
        forward.run(0);
    }

    /** The images' gradient. */
    @Benchmark
    public void backwardData() {
        backwardData.run(0);
    }

    /** The filters' gradient, packing included. */
    @Benchmark
    public void backwardFilters() {
        backwardFilters.run(0);
    }
}
