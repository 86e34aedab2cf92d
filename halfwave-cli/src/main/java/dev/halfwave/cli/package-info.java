/**
 * The {@code halfwave} command: one class per subcommand, and the only place that writes to the terminal.
 *
 * <p>It may import anything that core exports.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.cli;
