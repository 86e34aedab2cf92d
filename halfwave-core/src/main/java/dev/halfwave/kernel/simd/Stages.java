package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.BlockMath.Unary;
import java.util.List;

/**
 * A function made of several loops over the same block, which hand intermediate results on in the spare range.
 *
 * <p>The loops are called through an interface on purpose: C2 then compiles each as a method of its own. In JDK 17 a
 * method into which several vector loops are inlined runs two to five times slower than the loops apart.
 */
record Stages(List<Unary> stages) implements Unary {
    static Stages of(Unary... stages) {
        return new Stages(List.of(stages));
    }

    @Override
    public void run(float[] a, int ao, float[] out, int oo, int n, float[] spare, int so) {
        for (int i = 0; i < stages.size(); i++) {
            stages.get(i).run(a, ao, out, oo, n, spare, so);
        }
    }
}
