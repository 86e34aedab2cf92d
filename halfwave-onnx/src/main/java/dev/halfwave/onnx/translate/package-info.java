/**
 * From ONNX's ops to core's: one family of ops a file, each a small composition. To add one: its method, and its line in
 * {@link dev.halfwave.onnx.translate.Operators}.
 *
 * <p>May import {@code file} and core. Values keep the file's layout, channels first; importers of spatial ops put
 * transposes around core's ops, which core's rewrite rules take out again.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.onnx.translate;
