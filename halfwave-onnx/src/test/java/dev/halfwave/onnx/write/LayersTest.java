package dev.halfwave.onnx.write;

import dev.halfwave.nn.LayerCases;
import dev.halfwave.nn.Network;
import java.util.Collection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer in a small network, in ONNX Runtime and back. */
class LayersTest {
    static Collection<Network> networks() {
        return LayerCases.all().values();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void onnxRuntimeComputesTheSame(Network network) {
        Agreement.of(network, network.name().length());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void ourOwnFilesReturnBitForBit(Network network) {
        RereadingTest.assertReturns(network, network.name().length());
    }
}
