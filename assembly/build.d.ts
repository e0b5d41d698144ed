/** A build's choice (asconfig.json): 0 leaves out what no board without a charge counter uses, its
 * count and the gauge under load. */
declare const UNDER_LOAD: i32;
