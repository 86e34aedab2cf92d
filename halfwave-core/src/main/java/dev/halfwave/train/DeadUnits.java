package dev.halfwave.train;

import java.util.List;

/**
 * Units of one layer that were silent for long, as a {@link DeadUnitWatch} tells of them. A unit is a channel, or an
 * element of a layer without places.
 *
 * @param step after which step of training, from 1
 * @param layer the activation's name, as in {@code conv2d_1.relu}
 * @param units all units that are silent now, counted from 0
 * @param of how many units the layer has
 * @param samples on how many samples, at least, each of them was silent
 * @param revived those that were revived, a part of {@code units}
 * @param switched whether the layer's activation is a leaky relu from now on
 */
public record DeadUnits(
        long step, String layer, List<Integer> units, int of, int samples, List<Integer> revived, boolean switched) {
    /** Keeps its own copies of the lists. */
    public DeadUnits {
        units = List.copyOf(units);
        revived = List.copyOf(revived);
    }

    /** The share of the layer's units that are silent, from 0 to 1. */
    public double share() {
        return (double) units.size() / of;
    }
}
