/** The door for operators. */
export { openDoor, type Door, type DoorOptions, type DoorRequest } from './door.node.js';
