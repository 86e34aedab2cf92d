package dev.halfwave.data;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;

/**
 * An image of 8 bits per channel.
 *
 * @param bytes the values, unsigned, in the order {@code [H, W, C]}
 * @param channels 1 for grey, 3 for red, green and blue
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Pixels(byte[] bytes, int height, int width, int channels) {

    /**
     * This image as grey or colour: grey is Rec. 601 luma, in 16-bit fixed point; colour made of grey has three equal
     * channels.
     */
    Pixels withChannels(int wanted) {
        if (wanted == channels) {
            return this;
        }
        byte[] converted = new byte[height * width * wanted];
        for (int i = 0; i < height * width; i++) {
            if (wanted == 1) {
                converted[i] = luma(bytes[3 * i] & 0xff, bytes[3 * i + 1] & 0xff, bytes[3 * i + 2] & 0xff);
            } else {
                converted[3 * i] = converted[3 * i + 1] = converted[3 * i + 2] = bytes[i];
            }
        }
        return new Pixels(converted, height, width, wanted);
    }

    /** 0.299 R + 0.587 G + 0.114 B, to the nearest whole; the three factors make exactly 1. */
    private static byte luma(int red, int green, int blue) {
        return (byte) ((19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16);
    }

    /** This image stretched or squeezed to another size. */
    Pixels resized(int newHeight, int newWidth) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        return new Resampling(height, newHeight).rows(new Resampling(width, newWidth).columns(this));
    }

    /** The values from 0 to 1. */
    Tensor toTensor() {
        Tensor tensor = Tensor.zeros(Shape.of(height, width, channels));
        scale(bytes, 0, tensor.data(), 0, bytes.length);
        return tensor;
    }

    /** Writes 8-bit values as floats from 0 to 1. */
    static void scale(byte[] from, int fromOffset, float[] into, int offset, int count) {
        for (int i = 0; i < count; i++) {
            into[offset + i] = (from[fromOffset + i] & 0xff) / 255f;
        }
    }
}
