package dev.halfwave.bench.jmh;

import dev.halfwave.compile.Session;
import dev.halfwave.kernel.Providers;
import dev.halfwave.op.MatMul;
import dev.halfwave.tensor.Shape;
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

/** Dense layers: rows, inputs and outputs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class MatrixProducts {
    @Param({"1 12544 128", "64 12544 128", "128 128 10", "64 1024 1024", "1024 1024 1024"})
    public String sizes = "";

    @Param({"1", "2"})
    public int threads;

    private Session product;

    /** Compiles it, with weights packed once. */
    @Setup
    public void compile() {
        int[] mkn = Arrays.stream(sizes.split(" ")).mapToInt(Integer::parseInt).toArray();
        product = OneOp.session(
                new MatMul(false, false),
                List.of(Shape.of(mkn[0], mkn[1])),
                List.of(Shape.of(mkn[1], mkn[2])),
                Providers.active(),
                threads);
    }

    /** {@code y = x · w}. */
    @Benchmark
    public void product() {
        product.run(0);
    }
}
