package dev.halfwave.bench.jmh;

import dev.halfwave.activation.Activation;
import dev.halfwave.compile.Session;
import dev.halfwave.kernel.Providers;
import dev.halfwave.op.Activate;
import dev.halfwave.op.ActivateGradient;
import dev.halfwave.tensor.Shape;
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

/** Activations and their gradients over a million floats, which the second cache does not hold. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class Activations {
    private static final Shape SHAPE = Shape.of(1 << 20);

    @Param({"relu", "leaky-relu", "relu6", "elu", "gelu", "sigmoid", "tanh"})
    public String activation = "";

    @Param({"1", "2"})
    public int threads;

    private Session value;
    private Session gradient;

    /** Compiles both. */
    @Setup
    public void compile() {
        Activation f = dev.halfwave.activation.Activations.of(activation);
        value = OneOp.session(new Activate(f), List.of(SHAPE), List.of(), Providers.active(), threads);
        gradient =
                OneOp.session(new ActivateGradient(f), List.of(SHAPE, SHAPE), List.of(), Providers.active(), threads);
    }

    /** {@code y = f(x)}. */
    @Benchmark
    public void value() {
        value.run(0);
    }

    /** {@code dx = dy · f′}. */
    @Benchmark
    public void gradient() {
        gradient.run(0);
    }
}
