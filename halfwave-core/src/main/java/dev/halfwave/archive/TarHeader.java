package dev.halfwave.archive;

import java.nio.charset.StandardCharsets;

/**
 * One header block of a tar file.
 *
 * @param name of the entry, with ustar's prefix
 * @param size of its content, or -1 if that is no number
 * @param type {@code '0'} for a file, {@code '5'} for a folder, and many more
 */
record TarHeader(String name, long size, char type) {
    static final int BLOCK = 512;

    private static final int SIZE = 124;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;

    static TarHeader of(byte[] block) {
        String name = text(block, 0, 100);
        boolean ustar = block[MAGIC + 5] == 0 && text(block, MAGIC, 6).equals("ustar");
        String prefix = ustar ? text(block, PREFIX, 155) : "";
        char type = block[TYPE] == 0 ? '0' : (char) (block[TYPE] & 0xff);
        return new TarHeader(prefix.isEmpty() ? name : prefix + "/" + name, size(block), type);
    }

    /** Whether a block's own checksum is right, which counts its own eight bytes as blanks. */
    static boolean isSound(byte[] block) {
        if (block.length != BLOCK) {
            return false;
        }
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : block[i] & 0xff;
        }
        return sum == octal(block, CHECKSUM, 8);
    }

    static boolean isEmpty(byte[] block) {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** Octal digits, or with the first bit set, as GNU tar writes sizes from 8 GiB on, a binary number. */
    private static long size(byte[] block) {
        if (block[SIZE] >= 0) {
            return octal(block, SIZE, 12);
        }
        long size = block[SIZE] & 0x7f;
        for (int i = SIZE + 1; i < SIZE + 12; i++) {
            if (size > Long.MAX_VALUE >> 8) {
                return -1;
            }
            size = size << 8 | (block[i] & 0xff);
        }
        return size;
    }

    /** A number in octal digits with blanks or zeros around it, or -1. */
    private static long octal(byte[] block, int from, int length) {
        String digits = text(block, from, length).strip();
        return digits.matches("[0-7]{1,20}") ? Long.parseLong(digits, 8) : -1;
    }

    /** The bytes up to a zero. */
    static String text(byte[] bytes, int from, int most) {
        int length = 0;
        while (length < most && bytes[from + length] != 0) {
            length++;
        }
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
}
