package dev.halfwave.onnx.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NumpyFileTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(names = "BFLOAT16", mode = EnumSource.Mode.EXCLUDE)
    void whatIsWrittenIsRead(ElementType type) {
        DoubleTensor numbers = DoubleTensor.zeros(Shape.of(2, 3));
        for (int i = 0; i < 6; i++) {
            numbers.data()[i] = type == ElementType.BOOL ? i % 2 : type.isFloating() ? i / 4.0 : i;
        }
        Path file = directory.resolve(type + ".npy");
        NumpyFile.write(file, Literal.of(type, numbers));
        Literal read = NumpyFile.read(file).content();
        assertThat(read.type()).isEqualTo(type);
        assertThat(read.wide()).usingRecursiveComparison().isEqualTo(numbers);
    }

    @Test
    void scalarsAndEmptyArraysAreArrays() {
        for (Shape shape : new Shape[] {Shape.of(), Shape.of(0, 4), Shape.of(5)}) {
            Path file = directory.resolve("a.npy");
            NumpyFile.write(file, Literal.of(ElementType.FLOAT, DoubleTensor.zeros(shape)));
            assertThat(NumpyFile.read(file).content().shape()).isEqualTo(shape);
        }
    }

    @Test
    void numbersStartAtAMultipleOf64Bytes() throws IOException {
        Path file = directory.resolve("a.npy");
        NumpyFile.write(file, Literal.of(ElementType.FLOAT, DoubleTensor.zeros(Shape.of(7))));
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).hasSize(128 + 28);
        assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (7,), }")
                .endsWith(" \n");
    }

    @Test
    void otherOrdersOfBytesAndAxesAreUnderstood() throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(24).order(ByteOrder.BIG_ENDIAN);
        for (float number : new float[] {1, 4, 2, 5, 3, 6}) {
            numbers.putFloat(number);
        }
        Path file = written("{'descr': '>f4', 'fortran_order': True, 'shape': (2, 3), }", numbers.array());
        assertThat(NumpyFile.read(file).content().wide().data()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    private Path written(String header, byte[] numbers) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + header.length() + numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        bytes.put(header.getBytes(StandardCharsets.US_ASCII)).put(numbers);
        return Files.write(directory.resolve("written.npy"), bytes.array());
    }

    @Test
    void whatIsNoArrayIsRefused() throws IOException {
        Path text = Files.writeString(directory.resolve("text.npy"), "1 2 3");
        refuses(text, "expected a NumPy array (.npy), received a file that does not start like one");
        Path objects = written("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", new byte[16]);
        refuses(objects, "expected an array of numbers or booleans, received a header {'descr': '|O'");
        Path complex = written("{'descr': '<f16', 'fortran_order': False, 'shape': (1,), }", new byte[16]);
        refuses(complex, "expected numbers of 1 to 8 bytes, received elements of type f16");
        Path cut = written("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", new byte[8]);
        refuses(cut, "expected 12 bytes for [3], received 8");
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        Path whole = directory.resolve("whole.npy");
        NumpyFile.write(whole, Literal.of(ElementType.FLOAT, DoubleTensor.zeros(Shape.of(2, 2))));
        byte[] bytes = Files.readAllBytes(whole);
        for (int length = 0; length < bytes.length; length++) {
            Path cut = Files.write(directory.resolve("cut.npy"), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> NumpyFile.read(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(ModelFormatException.class);
        }
    }

    private static void refuses(Path file, String message) {
        assertThatThrownBy(() -> NumpyFile.read(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file + ": " + message);
    }

    @Test
    void fractionsAreNoIndices() {
        Path file = directory.resolve("a.npy");
        NumpyFile.write(file, Literal.of(ElementType.FLOAT, DoubleTensor.zeros(Shape.of(1))));
        NumpyFile array = NumpyFile.read(file);
        assertThat(array.as(ElementType.DOUBLE, "x").type()).isEqualTo(ElementType.DOUBLE);
        assertThatThrownBy(() -> array.as(ElementType.INT64, "x"))
                .hasMessage(file + ": expected elements of type INT64 for input \"x\", received FLOAT");
    }
}
