/**
 * Event files that TensorBoard reads: records, the few messages that go into them, and what listens to training.
 *
 * <p>It may import anything that core exports, and knows neither the terminal nor commands.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.board;
