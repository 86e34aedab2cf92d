/** PyTorch, through the Deep Java Library, beside Halfwave. */
@org.jspecify.annotations.NullMarked
package dev.halfwave.bench.pytorch;
