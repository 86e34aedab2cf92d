/**
 * Files: safetensors with and without a seal, crash-safe replacement of files, and PNG pictures.
 *
 * <p>May import {@code dev.halfwave.tensor}, the JDK and Jackson's streaming API; nothing else of Halfwave. What comes
 * from a file is refused with a {@link dev.halfwave.format.ModelFormatException}; what the operating system refuses is
 * an {@link java.io.UncheckedIOException} that names the path.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.format;
