/**
 * JMH benchmarks of single ops; may import core and JMH.
 *
 * <pre>{@code
 * ./mvnw -q -Ppeers -pl :halfwave-bench -am -Dhalfwave.quick="$PWD/target/jmh" package
 * cd target/jmh/halfwave-bench && java -cp "$(ls *.jar):$(cat classpath)" org.openjdk.jmh.Main Convolutions -p threads=2
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.bench.jmh;
