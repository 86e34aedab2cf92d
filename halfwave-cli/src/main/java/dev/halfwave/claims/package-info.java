/**
 * What teaching texts say about the rectifier, each statement a small experiment with a number, a plot and a verdict: one
 * class per claim, all of them in {@link dev.halfwave.claims.Claims}.
 *
 * <p>It may import anything that core exports, and knows neither the terminal nor pages.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.claims;
