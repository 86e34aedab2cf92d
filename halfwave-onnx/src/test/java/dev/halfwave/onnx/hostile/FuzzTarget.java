package dev.halfwave.onnx.hostile;

import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.onnx.OnnxModel;
import dev.halfwave.onnx.proto.ModelProto;

/**
 * What the fuzzer calls: it makes models up from those it has, guided by the code that they reach, and mutates them as the
 * messages they are, so that few of them are refused as bytes.
 */
public final class FuzzTarget {
    private static final long MOST_FLOPS = 200_000;

    private static final WorkerPool POOL = new WorkerPool(1);

    private FuzzTarget() {}

    /** Does everything to a model; whatever is thrown is a finding. */
    public static void fuzzerTestOneInput(@NotNull ModelProto model) {
        byte[] bytes = model.toByteArray();
        Exercise.all(() -> OnnxModel.of(bytes, "fuzz"), POOL, MOST_FLOPS);
    }
}
