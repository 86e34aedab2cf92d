/**
 * Experiments on training: activations compared over the same seeds, and what may be concluded from so few runs.
 *
 * <p>May import {@code train}, {@code data}, {@code nn} and what they are made of; knows neither terminal nor pages.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.experiment;
