package dev.halfwave.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

@Tag("kernels")
@DisabledIfSystemProperty(named = "halfwave.kernels", matches = "scalar", disabledReason = "runs without the Vector API")
class LanesTest {
    @Test
    void widthIsTheOneAskedFor() {
        assertThat(Lanes.species(128).length()).isEqualTo(4);
        assertThat(Lanes.species(256).length()).isEqualTo(8);
        assertThat(Lanes.species(512).length()).isEqualTo(16);
    }

    @Test
    void otherWidthsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lanes.species(64))
                .withMessage("halfwave.simd.bits: expected 128, 256 or 512, received 64;"
                        + " leave it out for the width that this CPU prefers");
    }

    @Test
    void thisRunHasTheWidthThatItsPropertySays() {
        Integer bits = Integer.getInteger("halfwave.simd.bits");
        assertThat(Lanes.COUNT).isEqualTo(Lanes.species(bits).length());
        assertThat(Lanes.PANEL).isEqualTo(2 * Lanes.COUNT);
    }
}
