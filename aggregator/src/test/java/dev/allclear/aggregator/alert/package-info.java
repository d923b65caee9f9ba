/** Alert senders against fakes of their targets. */
@NullMarked
package dev.allclear.aggregator.alert;

import org.jspecify.annotations.NullMarked;
