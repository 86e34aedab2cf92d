package dev.halfwave.format;

import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the JSON at the front of a safetensors file says.
 *
 * @param entries the tensors in the order of the JSON
 * @param metadata the free texts, without the seal
 * @param sealAt where the seal's first digit stands in the header's bytes, or -1 without a seal
 */
record Header(List<Entry> entries, Map<String, String> metadata, int sealAt) {
    /** The most bytes a header may have, as the format's reference implementation has it. */
    static final int MAX_BYTES = 100_000_000;

    /** The most tensors, and the most metadata, that Halfwave reads or writes in one file. */
    static final int MAX_ENTRIES = 100_000;

    /** The most characters in a tensor's name or a metadata key. */
    static final int MAX_NAME = 4096;

    /** The most characters in a metadata value. */
    static final int MAX_TEXT = 1 << 24;

    /** The most axes of a tensor. */
    static final int MAX_AXES = 16;

    /** The header's key for metadata, which no tensor can have as its name. */
    static final String METADATA = "__metadata__";

    /**
     * One tensor.
     *
     * @param begin where its bytes begin, counted from the end of the header
     * @param end where they end
     * @param at where its description stands in the file, for messages
     */
    record Entry(String name, ElementType type, Shape shape, long begin, long end, long at) {}

    /**
     * The tensors in the order of their bytes.
     *
     * @param dataBytes how many bytes follow the header
     * @param where the file's name, for messages
     * @throws ModelFormatException unless they cover all the bytes with neither hole nor overlap
     */
    List<Entry> inFileOrder(long dataBytes, String where) {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long covered = 0;
        long at = HeaderCursor.START;
        for (Entry entry : sorted) {
            if (entry.begin != covered) {
                String expected = "the data of tensor " + Text.quoted(entry.name) + " to begin at offset " + covered
                        + ", where the tensor before it ends";
                String received = "offset " + entry.begin + (entry.begin > covered ? " (a hole)" : " (an overlap)");
                throw ModelFormatException.at(where, entry.at, expected, received, HeaderCursor.WRITTEN_WRONGLY);
            }
            covered = entry.end;
            at = entry.at;
        }
        if (covered != dataBytes) {
            String expected = "the tensors to cover all " + dataBytes + " bytes after the header";
            throw ModelFormatException.at(
                    where, at, expected, "tensors that end at offset " + covered, HeaderCursor.WRITTEN_WRONGLY);
        }
        return sorted;
    }
}
