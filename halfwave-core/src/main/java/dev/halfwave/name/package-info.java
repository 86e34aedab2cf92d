/**
 * Names that users type: resolving them, and saying what was meant when one is unknown.
 *
 * <p>Ground floor; imports nothing of Halfwave.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.name;
