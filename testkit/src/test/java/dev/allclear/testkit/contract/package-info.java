/** The wire contract as files, held to the Java types: schemas, examples, {@code docs/asyncapi.yaml}, the released schemas. */
@org.jspecify.annotations.NullMarked
package dev.allclear.testkit.contract;
