package dev.halfwave.board;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The messages in TensorBoard's files, as bytes: only the fields that are used, by their numbers.
 *
 * @see <a href="https://github.com/tensorflow/tensorboard/tree/master/tensorboard/compat/proto">event.proto,
 *     summary.proto and histogram.proto</a>
 */
final class Events {
    private static final String VERSION = "brain.Event:2";

    private static final int EVENT_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int EVENT_SESSION = 7;
    private static final int SESSION_STATUS = 1;
    private static final int SESSION_STARTS = 1;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_NUMBER = 2;
    private static final int VALUE_HISTOGRAM = 5;
    private static final int HISTOGRAM_LIMITS = 6;
    private static final int HISTOGRAM_COUNTS = 7;

    private Events() {}

    /** What stands first in a file. */
    static byte[] version(double time) {
        return message(out -> {
            out.writeDouble(EVENT_TIME, time);
            out.writeString(EVENT_VERSION, VERSION);
        });
    }

    /** That a run begins or goes on: what other files in the folder say of this step and later ones no longer holds. */
    static byte[] start(double time, long step) {
        return event(time, step, EVENT_SESSION, message(out -> out.writeEnum(SESSION_STATUS, SESSION_STARTS)));
    }

    /** Numbers by their names. */
    static byte[] numbers(double time, long step, Map<String, Double> numbers) {
        byte[] summary = message(out -> {
            for (Map.Entry<String, Double> number : numbers.entrySet()) {
                out.writeByteArray(SUMMARY_VALUE, message(value -> {
                    value.writeString(VALUE_TAG, number.getKey());
                    value.writeFloat(VALUE_NUMBER, number.getValue().floatValue());
                }));
            }
        });
        return event(time, step, EVENT_SUMMARY, summary);
    }

    /** How the values of something are spread. */
    static byte[] histogram(double time, long step, String name, Histogram histogram) {
        byte[] value = message(out -> {
            out.writeString(VALUE_TAG, name);
            out.writeByteArray(VALUE_HISTOGRAM, bytes(histogram));
        });
        return event(time, step, EVENT_SUMMARY, message(out -> out.writeByteArray(SUMMARY_VALUE, value)));
    }

    private static byte[] bytes(Histogram histogram) {
        double[] moments = {
            histogram.min(), histogram.max(), histogram.count(), histogram.sum(), histogram.sumOfSquares()
        };
        return message(out -> {
            for (int i = 0; i < moments.length; i++) {
                out.writeDouble(i + 1, moments[i]);
            }
            out.writeByteArray(HISTOGRAM_LIMITS, packed(histogram.limits()));
            out.writeByteArray(HISTOGRAM_COUNTS, packed(histogram.counts()));
        });
    }

    private static byte[] packed(double[] numbers) {
        return message(out -> {
            for (double number : numbers) {
                out.writeDoubleNoTag(number);
            }
        });
    }

    private static byte[] event(double time, long step, int field, byte[] content) {
        return message(out -> {
            out.writeDouble(EVENT_TIME, time);
            out.writeInt64(EVENT_STEP, step);
            out.writeByteArray(field, content);
        });
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.writeTo(out);
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // memory takes everything
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }
}
