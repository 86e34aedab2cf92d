package dev.halfwave.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WinogradLayoutTest {
    @Test
    void everyNumberHasAPlaceOfItsOwn() {
        WinogradLayout layout = new WinogradLayout(112, 5, 48);
        Set<Integer> places = new HashSet<>();
        for (int tile = 0; tile < 5; tile++) {
            for (int panel = 0; panel < 112; panel += 48) {
                for (int i = 0; i < Math.min(48, 112 - panel); i++) {
                    places.add(layout.place(tile, panel) + i);
                }
            }
        }
        assertThat(places).hasSize(5 * 112).allMatch(place -> place >= 0 && place < 5 * 112);
        assertThat(layout.step()).isGreaterThanOrEqualTo(5 * 112);
    }

    @Test
    void rowsOfAPanelFollowOneAnother() {
        WinogradLayout layout = new WinogradLayout(80, 3, 48);
        assertThat(layout.place(1, 0) - layout.place(0, 0)).isEqualTo(48);
        assertThat(layout.place(2, 48) - layout.place(1, 48)).isEqualTo(32);
        assertThat(WinogradLayout.rows(80, 3).place(2, 0)).isEqualTo(160);
    }
}
