/**
 * Packed files: gzip, tar and zip, read within limits that no archive can break.
 *
 * <p>{@link dev.halfwave.archive.Archive} walks through an archive's entries and hands out their contents; nothing is
 * ever written to the disk, so no entry can end up in a wrong place, and names that try to are refused all the same.
 *
 * <p>May import {@code dev.halfwave.format} for its exception, and the JDK.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.archive;
