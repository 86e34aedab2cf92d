package dev.halfwave.bench.jmh;

import dev.halfwave.compile.Session;
import dev.halfwave.kernel.Providers;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.MaxPool2dGradient;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
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

/** Pools over 2×2 pixels of eight images. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class Pools {
    private static final Window TWO = Window.of(2, 2);

    @Param({"16", "64", "256"})
    public int channels;

    @Param({"1", "2"})
    public int threads;

    private Session max;
    private Session maxGradient;
    private Session average;

    /** Compiles all three. */
    @Setup
    public void compile() {
        Shape x = Shape.of(8, 28, 28, channels);
        Shape y = Shape.of(8, 14, 14, channels);
        max = OneOp.session(new MaxPool2d(TWO, TWO), List.of(x), List.of(), Providers.active(), threads);
        maxGradient = OneOp.session(
                new MaxPool2dGradient(TWO, TWO), List.of(y, x, y), List.of(), Providers.active(), threads);
        average = OneOp.session(new AvgPool2d(TWO, TWO, false), List.of(x), List.of(), Providers.active(), threads);
    }

    /** The largest element. */
    @Benchmark
    public void max() {
        max.run(0);
    }

    /** Where its gradient goes. */
    @Benchmark
    public void maxGradient() {
        maxGradient.run(0);
    }

    /** The mean. */
    @Benchmark
    public void average() {
        average.run(0);
    }
}
