/**
 * The ops, one file each: a record with its shape rule, its definition, its gradient and its lowering.
 *
 * <p>Convolutions and products carry an activation of their own, identity when built; rewrite rules put bias and
 * activation into them. May import {@code graph}, {@code kernel}, {@code activation} and {@code tensor}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.op;
