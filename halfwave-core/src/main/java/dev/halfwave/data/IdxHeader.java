package dev.halfwave.data;

import dev.halfwave.archive.UnpackedFile;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;

/** The beginning of an IDX file: the magic number and the sizes of the axes. */
final class IdxHeader {
    private static final int UNSIGNED_BYTE = 0x08;
    private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 64;

    private IdxHeader() {}

    /** The number of bytes before the elements. */
    static int bytes(int rank) {
        return 4 + 4 * rank;
    }

    static Shape read(UnpackedFile in, int rank) {
        checkMagic(in, rank);
        int[] sizes = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            sizes[axis] = size(in, axis);
        }
        checkRoom(in, sizes);
        return Shape.of(sizes);
    }

    private static void checkMagic(UnpackedFile in, int rank) {
        byte[] magic = in.exactly(4, "the magic number");
        if (magic[0] != 0 || magic[1] != 0) {
            String received = "0x%02x 0x%02x".formatted(magic[0], magic[1]);
            throw in.wrong(0, "the two zero bytes that begin an IDX file", received, "give an IDX file, plain or gzip");
        }
        if (magic[2] != UNSIGNED_BYTE) {
            String received = "0x%02x".formatted(magic[2]);
            throw in.wrong(2, "element type 0x08 (unsigned byte)", received, "convert the elements to unsigned bytes");
        }
        if (magic[3] != rank) {
            String received = Integer.toString(magic[3] & 0xff);
            throw in.wrong(
                    3, "the number of axes to be " + rank, received, "check that images and labels are not exchanged");
        }
    }

    private static int size(UnpackedFile in, int axis) {
        long at = in.position();
        byte[] b = in.exactly(4, "the size of axis " + axis);
        int size = (b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | (b[3] & 0xff);
        if (size < 1) {
            String expected = "a size from 1 to " + Integer.MAX_VALUE + " for axis " + axis;
            throw in.wrong(at, expected, Integer.toUnsignedString(size), UnpackedFile.GET_AGAIN);
        }
        return size;
    }

    /** Before any memory is taken for the elements: can the file have as many as it says? */
    private static void checkRoom(UnpackedFile in, int[] sizes) {
        long elements = 1;
        for (int size : sizes) {
            elements = Math.min(elements * size, Integer.MAX_VALUE);
        }
        long most = Math.min(in.room(), MOST_ELEMENTS);
        if (elements > most) {
            String why = most < MOST_ELEMENTS ? "which is all that this file can hold" : "which is what fits one array";
            String expected = "sizes that make at most " + most + " elements, " + why;
            throw in.wrong(4, expected, Arrays.toString(sizes), UnpackedFile.GET_AGAIN);
        }
    }
}
