/** What is written about the code stays true to it: pages of findings, links between documents. */
@NullMarked
package dev.allclear.acceptance.docs;

import org.jspecify.annotations.NullMarked;
