package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Makes sure that a test run for one provider really runs on it. */
class ActiveProviderTest {
    @Test
    void theNamedProviderIsActive() {
        String named = System.getProperty(Providers.PROPERTY);
        String active = Providers.active().name();
        assertThat(active).isEqualTo(named == null ? active : named);
        String asked = ", asked for with -Dhalfwave.kernels=" + active;
        assertThat(Providers.report().endsWith(asked)).as(Providers.report()).isEqualTo(named != null);
    }

    @Test
    void theNamedWidthIsInUse() {
        Integer bits = Integer.getInteger("halfwave.simd.bits");
        int lanes = Providers.active().lanes();
        if (bits != null && lanes > 1) {
            assertThat(lanes).isEqualTo(bits / Float.SIZE);
        }
        assertThat(Providers.report()).contains(lanes == 1 ? "scalar" : lanes * Float.SIZE + "-bit");
    }

    @Test
    void theChoiceIsMadeOnce() {
        assertThat(Providers.active()).isSameAs(Providers.active());
        assertThat(Providers.report()).startsWith(Providers.active().name() + ": ");
    }
}
