/**
 * Shapes and the arrays that fill them: data, no mathematics.
 *
 * <p>This is the ground floor. It imports nothing of Halfwave.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.tensor;
