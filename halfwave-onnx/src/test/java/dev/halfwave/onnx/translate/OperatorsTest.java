package dev.halfwave.onnx.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OperatorsTest {
    @Test
    void theDocsListEveryOp() throws IOException {
        String docs = Files.readString(Path.of("..", "docs", "onnx.md"));
        assertThat(docs).contains("The " + Operators.names().size() + " ops: ");
        assertThat(docs.split("[\\s.]+", -1)).containsAll(Operators.names());
    }
}
