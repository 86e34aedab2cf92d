/**
 * Files from the network: fetched in parts, resumed where they broke off, checked before they get their name.
 *
 * <p>A {@link dev.halfwave.download.Download} tries one mirror after the other and reports to a {@link
 * dev.halfwave.download.Watcher}; {@link dev.halfwave.download.Contents} says whether what came is what was wanted.
 *
 * <p>May import {@code dev.halfwave.archive}, {@code dev.halfwave.format} for its exception, and the JDK.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.download;
