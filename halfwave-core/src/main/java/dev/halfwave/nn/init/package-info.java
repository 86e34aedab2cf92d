/** How weights start: He, Glorot, constants. May import {@code graph}, {@code activation} and {@code tensor}. */
@org.jspecify.annotations.NullMarked
package dev.halfwave.nn.init;
