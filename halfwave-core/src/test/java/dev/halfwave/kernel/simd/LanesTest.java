package dev.halfwave.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

@Tag("kernels")
@DisabledIfSystemProperty(
        named = "halfwave.kernels",
        matches = "scalar",
        disabledReason = "runs without the Vector API")
class LanesTest {
    @Test
    void widthIsTheOneAskedFor() {
        assertThat(Lanes.shape("128").vectorBitSize()).isEqualTo(128);
        assertThat(Lanes.shape("256").vectorBitSize()).isEqualTo(256);
        assertThat(Lanes.shape("512").vectorBitSize()).isEqualTo(512);
    }

    @Test
    void otherWidthsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lanes.shape("64"))
                .withMessage("halfwave.simd.bits: expected 128, 256 or 512, received \"64\";"
                        + " leave it out for the width that this CPU prefers");
    }

    @Test
    void thisRunHasTheWidthThatItsPropertySays() {
        String bits = System.getProperty("halfwave.simd.bits");
        assertThat(Lanes.COUNT * Float.SIZE).isEqualTo(Lanes.shape(bits).vectorBitSize());
        assertThat(Lanes.PANEL).isEqualTo(2 * Lanes.COUNT);
    }

    @Test
    void aSumOfLanesHasTheSameBitsInterpretedAndCompiled() {
        Random random = new Random(7);
        float[] lanes = new float[Lanes.COUNT];
        for (int call = 0; call < 30_000; call++) { // enough to pass through every compiler
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = random.nextFloat() - 0.5f;
            }
            assertThat(Lanes.sum(FloatVector.fromArray(Lanes.SPECIES, lanes, 0)))
                    .as("call %d", call)
                    .isEqualTo(halvesAdded(lanes));
        }
    }

    private static float halvesAdded(float[] lanes) {
        float[] sums = lanes.clone();
        for (int half = sums.length / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                sums[i] += sums[i + half];
            }
        }
        return sums[0];
    }
}
