package dev.halfwave.cli;

import dev.halfwave.tensor.Tensor;
import java.awt.image.BufferedImage;

/**
 * Tensors as images of one pixel per place, or per block of places when there are too many.
 *
 * @param most the longest side
 */
record Raster(int most) {

    /** An image {@code [H, W, C]} of values from 0 to 1, in grey or colour; blocks become their mean. */
    BufferedImage ofImage(Tensor image) {
        int last = image.shape().size(2) < 3 ? 0 : 2;
        return raster(image, block -> {
            int argb = 0xff;
            for (int c = 0; c < 3; c++) {
                float value = block.mean(Math.min(c, last));
                argb = argb << 8 | Math.round(255 * Math.max(0, Math.min(1, value)));
            }
            return argb;
        });
    }

    /**
     * One channel of a map {@code [H, W, channels]} in the colours of a scale; blocks become what is farthest from zero
     * in them.
     */
    BufferedImage ofMap(Tensor map, int channel, DivergingScale scale) {
        return raster(map, block -> scale.argb(block.extreme(channel)));
    }

    private BufferedImage raster(Tensor tensor, Colour colour) {
        int height = tensor.shape().size(0);
        int width = tensor.shape().size(1);
        int side = (Math.max(height, width) - 1) / most + 1;
        BufferedImage raster =
                new BufferedImage((width - 1) / side + 1, (height - 1) / side + 1, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int x = 0; x < raster.getWidth(); x++) {
                int bottom = Math.min(height, (y + 1) * side);
                int right = Math.min(width, (x + 1) * side);
                raster.setRGB(x, y, colour.of(new Block(tensor, y * side, x * side, bottom, right)));
            }
        }
        return raster;
    }

    @FunctionalInterface
    private interface Colour {
        int of(Block block);
    }

    /** Some neighbouring places of a tensor. */
    private record Block(Tensor tensor, int top, int left, int bottom, int right) {
        float mean(int channel) {
            float sum = 0;
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    sum += tensor.at(y, x, channel);
                }
            }
            return sum / ((bottom - top) * (right - left));
        }

        float extreme(int channel) {
            float extreme = tensor.at(top, left, channel);
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    float value = tensor.at(y, x, channel);
                    extreme = Math.abs(value) > Math.abs(extreme) ? value : extreme;
                }
            }
            return extreme;
        }
    }
}
