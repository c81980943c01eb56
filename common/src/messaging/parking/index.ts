export { ParkedEvent, type ParkedEventState } from './parked-event';
export { ParkingLot } from './parking-lot';
