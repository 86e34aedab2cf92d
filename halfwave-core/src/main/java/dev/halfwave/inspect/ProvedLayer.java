package dev.halfwave.inspect;

import dev.halfwave.bounds.Bounds;
import java.util.Arrays;

/**
 * What bounds prove about the units of one activation. A unit is a channel, at all places of the image, or an element of
 * a layer without places.
 *
 * @param name the activation's, as in {@code conv2d_1.relu}
 * @param off whether each unit's pre-activation is never above zero: dead, for a rectifier
 * @param on whether each unit's pre-activation is always above zero
 */
@SuppressWarnings("ArrayRecordComponent") // flags to loop over
public record ProvedLayer(String name, boolean[] off, boolean[] on) {

    static ProvedLayer of(String name, Bounds z) {
        int units = z.low().shape().size(-1);
        boolean[] off = new boolean[units];
        boolean[] on = new boolean[units];
        Arrays.fill(off, true);
        Arrays.fill(on, true);
        for (int i = 0; i < z.low().data().length; i++) {
            off[i % units] &= z.high().data()[i] <= 0;
            on[i % units] &= z.low().data()[i] > 0;
        }
        return new ProvedLayer(name, off, on);
    }
}
