package dev.halfwave.rewrite;

import java.util.BitSet;

/**
 * What is proved about a network's units for all inputs that it is declared to get.
 *
 * <p>A unit is an element of the last axis, at all places: a filter of a convolution, a column of a dense layer. Nodes are
 * named as in the network's own graph; rules keep a name for what computes the same value.
 */
public interface UnitProof {
    /**
     * The units of a node's result that are zero.
     *
     * @param units how many it has; nothing is known of a node that has another number of them
     */
    BitSet zero(String node, int units);

    /**
     * The units that an activation returns as it gets them.
     *
     * @param units how many it has; nothing is known of a node that has another number of them
     */
    BitSet unchanged(String activation, int units);
}
