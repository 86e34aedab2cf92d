/**
 * How weights start: He, Glorot, LeCun, orthogonal, truncated normal, identity, constants.
 *
 * <p>May import {@code graph}, {@code activation} and {@code tensor}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.nn.init;
