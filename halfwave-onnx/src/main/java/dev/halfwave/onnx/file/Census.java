package dev.halfwave.onnx.file;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.halfwave.format.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Counts what a file consists of before it is taken apart, since each of its parts becomes objects that take far more
 * memory than the bytes of a small one.
 */
final class Census {
    /** Nodes: convolutional networks have hundreds, the largest a few thousand. */
    private static final int MOST_NODES = 1 << 14;

    /** Everything else that a model, its graph and its nodes list: names, tensors, attributes, metadata. */
    private static final int MOST_ENTRIES = 1 << 18;

    private static final int GRAPH = 7;
    private static final int NODE = 1;

    private final CodedInputStream in;
    private final String where;
    private int nodes;
    private int entries;

    private Census(ByteBuffer bytes, String where) {
        in = CodedInputStream.newInstance(bytes);
        this.where = where;
    }

    /**
     * Looks through a file; what is damaged is left to be found by its reader.
     *
     * @throws ModelFormatException if it lists more than it may
     */
    static void check(ByteBuffer bytes, String where) throws IOException {
        Census census = new Census(bytes.duplicate(), where);
        try {
            census.model();
        } catch (InvalidProtocolBufferException damaged) {
            return;
        }
    }

    private void model() throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            count();
            if (opens(tag, GRAPH)) {
                int end = in.pushLimit(in.readRawVarint32());
                graph();
                in.popLimit(end);
            } else if (!in.skipField(tag)) {
                return;
            }
        }
    }

    private void graph() throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            count();
            if (opens(tag, NODE)) {
                nodes++;
                int end = in.pushLimit(in.readRawVarint32());
                node();
                in.popLimit(end);
            } else if (!in.skipField(tag)) {
                return;
            }
        }
    }

    private void node() throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            count();
            if (!in.skipField(tag)) {
                return;
            }
        }
    }

    private static boolean opens(int tag, int field) {
        return WireFormat.getTagFieldNumber(tag) == field
                && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    private void count() {
        entries++;
        if (nodes > MOST_NODES || entries > MOST_ENTRIES) {
            throw new ModelFormatException(where + ": expected at most " + MOST_NODES + " nodes and " + MOST_ENTRIES
                    + " names, tensors and attributes, received more; export a smaller model");
        }
    }
}
