/**
 * What runs beside Halfwave: the {@link dev.halfwave.bench.peer.Peer} interface, Halfwave itself as one, and plain copying. Libraries other
 * than Halfwave are in modules of their own under {@code halfwave-bench/peers}. May import core, {@code translate} and {@code onnx}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.bench.peer;
